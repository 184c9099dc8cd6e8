// Orders: an ASP.NET Core controller that takes payment and hands parcels to a warehouse.
using System.Net;
using Microsoft.AspNetCore.Mvc;

namespace Shop.Orders;

[ApiController]
[Route("orders")]
public class OrdersController(HttpClient warehouse) : ControllerBase
{
    // Numbers that are no statuses.
    private const int PageSize = 306;
    private static readonly TimeSpan Timeout = TimeSpan.FromMilliseconds(402);
    private const string Address = "http://127.0.0.1:4040";

    [HttpGet]
    public IActionResult List() => Ok(Enumerable.Range(0, PageSize));

    [HttpPost("{id:int}")]
    [ProducesResponseType(201)]
    [ProducesResponseType(402)]
    public IActionResult Pay(int id, int amount) => amount switch
    {
        0 => StatusCode(402, "nothing was paid"),
        < 210 => StatusCode(209, "paid in part"),
        _ => StatusCode(StatusCodes.Status201Created, id),
    };

    [HttpDelete("{id:int}")]
    public IActionResult Cancel(int id) => StatusCode(204, new { cancelled = id });

    [HttpPost("{id:int}/ship")]
    public async Task<IActionResult> Ship(int id)
    {
        warehouse.Timeout = Timeout;
        var answer = await warehouse.PostAsync($"{Address}/parcels/{id}", null);
        return (int)answer.StatusCode switch
        {
            >= 200 and <= 299 => StatusCode(202),
            301 or 302 or 306 or 307 or 308 => StatusCode((int)HttpStatusCode.BadGateway),
            _ => StatusCode(500),
        };
    }
}
