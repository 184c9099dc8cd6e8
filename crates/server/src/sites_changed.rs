//! `statuslint/sitesChanged`: tells a client that wants to know that there are other places than
//! before, not more often than it can follow.

use std::sync::Arc;
use std::time::Duration;

use lsp_types::notification::Notification;
use serde::{Deserialize, Serialize};

use crate::session::Session;
use crate::sites::{SitesAnswer, of_workspace};

/// So long at least is between two notifications.
const PAUSE: Duration = Duration::from_millis(300);

/// The notification; what changed, the client asks for.
#[derive(Debug)]
enum SitesChanged {}

#[derive(Debug, Serialize, Deserialize)]
struct Nothing {}

impl Notification for SitesChanged {
    type Params = Nothing;
    const METHOD: &'static str = "statuslint/sitesChanged";
}

/// Tells the client whenever something was analysed or read and the places are others than before,
/// until the session ends.
pub(crate) async fn run(session: Arc<Session>) {
    // Who has not asked yet knows of none.
    let mut told = Arc::new(SitesAnswer::default());
    loop {
        session.touched.notified().await;
        let (worker, before) = (Arc::clone(&session), Arc::clone(&told));
        let news = tokio::task::spawn_blocking(move || {
            let now = of_workspace(&worker);
            (now != *before).then(|| Arc::new(now))
        });
        if let Ok(Some(now)) = news.await {
            told = now;
            session.client.send_notification::<SitesChanged>(Nothing {}).await;
        }
        tokio::time::sleep(PAUSE).await;
    }
}
