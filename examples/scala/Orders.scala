// Orders: a Pekko HTTP service that takes payment and hands parcels to a warehouse.
package shop.orders

import org.apache.pekko.http.scaladsl.model.{HttpResponse, StatusCodes}
import org.apache.pekko.http.scaladsl.server.Directives._
import scala.concurrent.duration._

object Orders {
  // Numbers that are no statuses.
  private val pageSize = 306
  private val timeout = 402.milliseconds
  private val address = "127.0.0.1:4040"

  def ship(warehouse: Warehouse, id: Int): HttpResponse = {
    val answer = warehouse.post(s"http://$address/parcels/$id", timeout)
    answer.statusCode match {
      case code if code >= 200 && code <= 299 => HttpResponse(202)
      case 301 | 302 | 306 | 307 | 308        => HttpResponse(502)
      case 429                                => HttpResponse(StatusCodes.ServiceUnavailable)
      case _                                  => HttpResponse(500)
    }
  }

  def routes(warehouse: Warehouse) =
    pathPrefix("orders") {
      get { complete(StatusCodes.OK -> (0 until pageSize).toList) } ~
      path(IntNumber) { id =>
        post {
          entity(as[Int]) {
            case 0                     => complete(402 -> "nothing was paid")
            case amount if amount < 210 => complete(209 -> "paid in part")
            case _                     => complete(2000 -> "paid")
          }
        } ~
        delete { complete(204 -> s"$id was cancelled") } ~
        put { complete(ship(warehouse, id)) }
      }
    }
}
