# The shop behind a load balancer and a distribution.
resource "aws_lb_listener" "shop" {
  # Numbers that are no statuses.
  port = 3060

  default_action {
    type = "redirect"
    redirect {
      port        = "443"
      status_code = "HTTP_306"
    }
  }
}

resource "aws_lb_target_group" "shop" {
  health_check {
    interval = 306
    matcher  = "200-299"
  }
}

resource "aws_cloudfront_distribution" "shop" {
  custom_error_response {
    error_code            = 402
    response_code         = 209
    response_page_path    = "/pay.html"
    error_caching_min_ttl = 402
  }
}

resource "aws_api_gateway_method_response" "orders" {
  status_code = "2000"
}
