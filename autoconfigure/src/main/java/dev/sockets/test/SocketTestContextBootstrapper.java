package dev.sockets.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Bootstraps a {@link SocketTest}.
 */
class SocketTestContextBootstrapper extends TestSliceTestContextBootstrapper<SocketTest> {

}
