package dev.sockets.archfixture.autoconfigure;

import org.springframework.boot.autoconfigure.AutoConfiguration;

/**
 * Isn't final.
 */
@AutoConfiguration
public class BrokenAutoConfiguration {

}
