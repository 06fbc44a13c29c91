package dev.sockets.archfixture.stray;

import org.springframework.boot.SpringApplication;

/**
 * Has no layer and imports Spring Boot.
 */
record BrokenStray(SpringApplication application) {
}
