//! Handlers whose futures stand behind a pointer.
//!
//! That a handler's future may be sent between threads is proved by looking through everything that it may
//! hold, down to the database's drivers. `axum` has the compiler prove it again for each of a dozen traits,
//! for each handler, when code is made; these prove it once, where a route is written, and handlers that ask
//! for the same things share what asks for them. It takes minutes off a build, and costs a pointer a request.

use std::pin::Pin;

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    handler::Handler,
    response::{IntoResponse, Response},
    routing::{self, MethodRouter},
};

type Answering<R> = Pin<Box<dyn Future<Output = R> + Send>>;

/// A handler that asks for `A` (a tuple of extractors) and answers with `R`.
pub struct Held<A: 'static, R: 'static>(&'static (dyn Fn(A) -> Answering<R> + Send + Sync));

impl<A, R> Clone for Held<A, R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A, R> Copy for Held<A, R> {}

/// What can be held: an async function without anything captured.
pub trait Hold<A: 'static, R: 'static>: Sized {
    /// Holds it. It is kept for as long as the program runs: a function has no size, so that nothing is taken.
    fn hold(self) -> Held<A, R>;
}

/// A handler behind a pointer, for `on` and the like.
pub fn held<A: 'static, R: 'static>(handler: impl Hold<A, R>) -> Held<A, R> {
    handler.hold()
}

/// A handler of `GET`.
pub fn get<A: 'static, R: 'static, T: 'static, S>(handler: impl Hold<A, R>) -> MethodRouter<S>
where
    Held<A, R>: Handler<T, S>,
    S: Clone + Send + Sync + 'static,
{
    routing::get(handler.hold())
}

/// A handler of `POST`.
pub fn post<A: 'static, R: 'static, T: 'static, S>(handler: impl Hold<A, R>) -> MethodRouter<S>
where
    Held<A, R>: Handler<T, S>,
    S: Clone + Send + Sync + 'static,
{
    routing::post(handler.hold())
}

impl<F, Fut> Hold<(), Fut::Output> for F
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output: 'static> + Send + 'static,
{
    fn hold(self) -> Held<(), Fut::Output> {
        Held(Box::leak(Box::new(move |()| -> Answering<Fut::Output> { Box::pin(self()) })))
    }
}

impl<R: IntoResponse, S> Handler<((),), S> for Held<(), R> {
    type Future = Answering<Response>;

    fn call(self, _: Request, _: S) -> Self::Future {
        Box::pin(async move { (self.0)(()).await.into_response() })
    }
}

macro_rules! asking_for {
    ($($part:ident)* ; $last:ident) => {
        impl<F, Fut, $($part: 'static,)* $last: 'static> Hold<($($part,)* $last,), Fut::Output> for F
        where
            F: Fn($($part,)* $last) -> Fut + Send + Sync + 'static,
            Fut: Future<Output: 'static> + Send + 'static,
        {
            #[allow(non_snake_case, reason = "a value for each type")]
            fn hold(self) -> Held<($($part,)* $last,), Fut::Output> {
                Held(Box::leak(Box::new(move |($($part,)* $last,)| -> Answering<Fut::Output> {
                    Box::pin(self($($part,)* $last))
                })))
            }
        }

        impl<M, S, R, $($part,)* $last> Handler<(M, $($part,)* $last,), S> for Held<($($part,)* $last,), R>
        where
            S: Send + Sync + 'static,
            R: IntoResponse,
            $($part: FromRequestParts<S> + Send,)*
            $last: FromRequest<S, M> + Send,
        {
            type Future = Answering<Response>;

            #[allow(non_snake_case, unused_mut, reason = "a value for each type; the last may be the only one")]
            fn call(self, request: Request, state: S) -> Self::Future {
                let (mut parts, body) = request.into_parts();
                Box::pin(async move {
                    $(let $part = match $part::from_request_parts(&mut parts, &state).await {
                        Ok(value) => value,
                        Err(refusal) => return refusal.into_response(),
                    };)*
                    let request = Request::from_parts(parts, body);
                    let $last = match $last::from_request(request, &state).await {
                        Ok(value) => value,
                        Err(refusal) => return refusal.into_response(),
                    };
                    (self.0)(($($part,)* $last,)).await.into_response()
                })
            }
        }
    };
}

asking_for!(; A);
asking_for!(A; B);
asking_for!(A B; C);
asking_for!(A B C; D);
asking_for!(A B C D; E);
asking_for!(A B C D E; G);

#[cfg(test)]
mod tests {
    use axum::{
        Router,
        body::Body,
        extract::{Path, State},
        http::StatusCode,
    };
    use tower::ServiceExt as _;

    use super::*;

    async fn greet(State(word): State<&'static str>, Path(name): Path<String>, said: String) -> String {
        format!("{word}, {name}: {said}")
    }

    async fn refuse() -> Result<String, StatusCode> {
        Err(StatusCode::GONE)
    }

    #[tokio::test]
    async fn what_is_asked_for_comes_from_the_request_and_the_answer_goes_out() {
        let routes = Router::new().route("/{name}", get(refuse).merge(post(greet))).with_state("Chào");
        let asked = Request::post("/An").body(Body::from("báo cáo")).unwrap();
        let answer = routes.clone().oneshot(asked).await.unwrap();
        let bytes = axum::body::to_bytes(answer.into_body(), 100).await.unwrap();
        assert_eq!(bytes, "Chào, An: báo cáo");
        let asked = Request::get("/An").body(Body::empty()).unwrap();
        assert_eq!(routes.clone().oneshot(asked).await.unwrap().status(), StatusCode::GONE);
        let asked = Request::post("/An").body(Body::from(vec![0xff])).unwrap();
        assert_eq!(routes.oneshot(asked).await.unwrap().status(), StatusCode::BAD_REQUEST);
    }
}
