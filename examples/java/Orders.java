// Orders: a Spring service that takes payment and hands parcels to a warehouse.
package shop.orders;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.*;
import org.springframework.web.server.ResponseStatusException;

@RestController
class Orders {
    // Numbers that are no statuses.
    static final int PAGE_SIZE = 306;
    static final Duration TIMEOUT = Duration.ofMillis(402);

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

    @PostMapping("/orders/{id}/pay")
    ResponseEntity<Object> pay(@PathVariable long id, @RequestBody Payment payment) {
        if (id == 404) {
            return ResponseEntity.status(404).build();
        }
        if (payment.amount() == 0) {
            return ResponseEntity.status(402).body("nothing was paid");
        }
        return ResponseEntity.status(payment.amount() < 500 ? 209 : 200).body(payment);
    }

    @PostMapping("/orders/{id}/ship")
    int ship(@PathVariable long id) throws Exception {
        var parcel = HttpRequest.newBuilder(URI.create("http://localhost:3060/parcels/" + id)).build();
        int status = client.send(parcel, BodyHandlers.ofString()).statusCode();
        return switch (status) {
            case 201, 202 -> 202;
            case 306 -> throw new ResponseStatusException(HttpStatusCode.valueOf(307), "elsewhere");
            default -> status >= 500 ? 502 : 400;
        };
    }
}
