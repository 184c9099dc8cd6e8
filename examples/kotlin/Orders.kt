// Orders: a Ktor service that takes payment and hands parcels to a warehouse.
package shop.orders

import io.ktor.client.HttpClient
import io.ktor.client.request.post
import io.ktor.http.HttpStatusCode
import io.ktor.server.response.respond
import io.ktor.server.routing.Route
import io.ktor.server.routing.post
import kotlinx.coroutines.withTimeout

// Numbers that are no statuses.
const val PAGE_SIZE = 306
const val TIMEOUT = 402L

fun Route.orders(client: HttpClient) {
    post("/orders/{id}/pay") {
        val payment = call.receive<Payment>()
        when {
            call.parameters["id"] == "404" -> call.respond(HttpStatusCode.NotFound)
            payment.amount == 0 -> call.respond(HttpStatusCode.fromValue(402), "nothing was paid")
            payment.amount < 500 -> call.respond(HttpStatusCode(209, "Partly Paid"), payment)
            else -> call.respond(payment)
        }
    }

    post("/orders/{id}/ship") {
        val parcel = withTimeout(TIMEOUT) {
            client.post("http://localhost:3060/parcels/${call.parameters["id"]}")
        }
        when (parcel.status.value) {
            201, 202 -> call.respond(HttpStatusCode.Accepted)
            306 -> call.respond(HttpStatusCode(307, "Elsewhere"))
            in 500..599 -> call.respond(HttpStatusCode.fromValue(502))
            else -> call.respond(HttpStatusCode.BadRequest)
        }
    }
}
