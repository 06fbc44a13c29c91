/**
 * An application whose exchange interfaces are found.
 */
package dev.sockets.annotation.shop;
