package dev.sockets.testslice;

import org.springframework.stereotype.Service;

/**
 * Has nothing to do with sockets.
 */
@Service
class Ledger {

}
