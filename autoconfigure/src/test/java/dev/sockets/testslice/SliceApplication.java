package dev.sockets.testslice;

import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * An application with more than sockets.
 */
@SpringBootApplication
class SliceApplication {

}
