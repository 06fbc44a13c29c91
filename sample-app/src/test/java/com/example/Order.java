package com.example;

public record Order(String item, int count) {
}
