//! What is done about documents whose text may not be the editor's any more.

use lsp_types::{MessageType, Url};

use crate::backend::Backend;
use crate::documents::Verified;
use crate::lost::Lost;

impl Backend {
    /// Shows nothing more about documents of which changes were lost: it would stand in the wrong
    /// place. That ends when their whole text comes again.
    pub(crate) fn lose(&self, lost: Lost) {
        let urls = match lost {
            Lost::Of(urls) => urls,
            Lost::Any => self.session.documents.urls(),
        };
        for url in urls {
            if self.session.documents.desync(&url) {
                let message = format!("a change of {url} cannot be read; saving it helps");
                self.session.log(MessageType::ERROR, message);
                self.publisher.closed(url);
            }
        }
        self.session.refresh();
    }

    /// Compares a document with what the editor says is its text.
    pub(crate) fn verify(&self, url: &Url, text: String) {
        let verified = self.session.documents.verify(url, text);
        if verified == Verified::Differed {
            let message = format!("{url} was not what the editor has; it is now");
            self.session.log(MessageType::WARNING, message);
        }
        if verified != Verified::Same {
            self.publisher.changed(url.clone());
        }
    }
}
