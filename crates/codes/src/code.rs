//! The number itself and its class.

use std::fmt;

/// A status code as written somewhere: any number up to 65535, valid or not.
///
/// RFC 9110 section 15 limits codes to three digits and 100–599; [`StatusCode::is_valid`] tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusCode(u16);

impl StatusCode {
    /// The code of this number, whether or not it is a valid one.
    pub const fn new(number: u16) -> Self {
        Self(number)
    }

    /// The number of this code.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// Whether the number is within 100–599 (RFC 9110 section 15).
    pub const fn is_valid(self) -> bool {
        matches!(self.0, 100..=599)
    }

    /// The class the first digit names, when the code is a valid one.
    pub const fn class(self) -> Option<Class> {
        match self.0 {
            100..=199 => Some(Class::Informational),
            200..=299 => Some(Class::Successful),
            300..=399 => Some(Class::Redirection),
            400..=499 => Some(Class::ClientError),
            500..=599 => Some(Class::ServerError),
            _ => None,
        }
    }
}

impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The class of a status code: what its first digit says (RFC 9110 section 15).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// 1xx: the request was received, the process goes on.
    Informational = 1,
    /// 2xx: the request was received, understood and accepted.
    Successful = 2,
    /// 3xx: further action is needed to complete the request.
    Redirection = 3,
    /// 4xx: the request has bad syntax or cannot be fulfilled.
    ClientError = 4,
    /// 5xx: the server failed to fulfil an apparently valid request.
    ServerError = 5,
}

impl Class {
    /// All five, in order.
    pub const ALL: [Self; 5] = [
        Self::Informational,
        Self::Successful,
        Self::Redirection,
        Self::ClientError,
        Self::ServerError,
    ];

    /// The class of this first digit.
    pub const fn from_digit(digit: u8) -> Option<Self> {
        match digit {
            1 => Some(Self::Informational),
            2 => Some(Self::Successful),
            3 => Some(Self::Redirection),
            4 => Some(Self::ClientError),
            5 => Some(Self::ServerError),
            _ => None,
        }
    }

    /// Its name in running text: `client error`.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Informational => "informational",
            Self::Successful => "successful",
            Self::Redirection => "redirection",
            Self::ClientError => "client error",
            Self::ServerError => "server error",
        }
    }

    /// The first digit, 1 to 5.
    pub const fn digit(self) -> u8 {
        self as u8
    }
}
