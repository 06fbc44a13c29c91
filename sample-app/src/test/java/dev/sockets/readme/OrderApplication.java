package dev.sockets.readme;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;

@SpringBootConfiguration
@Import(OrderLines.class)
class OrderApplication {

}
