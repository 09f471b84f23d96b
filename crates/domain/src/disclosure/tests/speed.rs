//! A district's page is protected while the reader waits.
