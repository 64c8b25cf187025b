//! Who may ask, and what a browser may do with the answer.
//!
//! A page of another site may make the browser ask 127.0.0.1, under a name of its own if it controls one (DNS rebinding).
//! So the Host must be this machine's own name and port, and what changes anything must come from these pages.

use crate::site::Site;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Everything comes from here; no inline script, no inline style, no frame, no form to elsewhere.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
                      form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 7] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // Other hosts learn nothing. With `no-referrer` a browser would hide the origin of these pages' own forms as well.
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("cache-control", "no-cache"),
];

/// Lets a request through if it is meant for this page, and puts the headers on the answer.
pub async fn guard(State(site): State<Arc<Site>>, request: Request, next: Next) -> Response {
    let refused = refuse(&site, request.method(), request.headers());
    let mut response = match refused {
        Some(why) => (StatusCode::FORBIDDEN, why).into_response(),
        None => next.run(request).await,
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refuse(site: &Site, method: &Method, headers: &HeaderMap) -> Option<&'static str> {
    let text = |name| headers.get(name).and_then(|v: &HeaderValue| v.to_str().ok());
    if !text(header::HOST).is_some_and(|host| site.is_own(host)) {
        return Some("this page answers to its own address only\n");
    }
    if method == Method::GET || method == Method::HEAD {
        return None;
    }
    let own = |origin: &str| origin.strip_prefix("http://").is_some_and(|host| site.is_own(host));
    (!text(header::ORIGIN).is_some_and(own)).then_some("a change must come from these pages\n")
}
