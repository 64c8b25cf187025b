//! Files to the record: one thread reads, many code, one writes.
//!
//! ```text
//! reader --jobs--> workers --done--> writer (the calling thread, which alone holds the record)
//!    ^                                  |
//!    +------------ window --------------+
//! ```
//!
//! The window bounds what is on its way, so that memory does not grow with the archive. Pages are coded alone and kept by
//! what they hold, so the record is the same for any number of workers and any order of arrival.

mod job;
mod reader;
mod window;
mod writer;

pub use job::Coder;
pub use writer::Tally;

use crate::{failed::Failed, inputs::Inputs};
use hearsay_store::Store;
use indicatif::ProgressBar;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::thread;
use window::Window;

/// Stack of a worker. A page that is nested deeply takes more than the usual 2 MB.
const STACK: usize = 64 << 20;

/// The most bytes of pages that are on their way at a time, unless one page alone has more.
const BYTES: u64 = 64 << 20;

/// Set when the user wants to stop.
pub type Stop = Arc<AtomicBool>;

/// Reads, codes and keeps all inputs. Returns what came of them; [`Tally::stopped`] where the user stopped it.
pub fn run(
    inputs: &Inputs,
    coder: &Coder,
    store: &mut Store,
    threads: usize,
    bar: &ProgressBar,
    stop: &Stop,
) -> Result<Tally, Failed> {
    let window = Window::new(threads * 4 + 8, BYTES);
    let (jobs, take) = mpsc::channel();
    let (done, results) = mpsc::channel();
    let take = Mutex::new(take);
    thread::scope(|scope| {
        // Whatever ends the writing, also an error, lets the others come to their end.
        let _end = window.guard();
        scope.spawn(|| reader::read(inputs, &window, jobs, bar, stop));
        for n in 0..threads {
            let (window, take, done) = (&window, &take, done.clone());
            let worker = move || {
                while let Some(job) = next(take) {
                    if window.is_closed() || done.send(job.done(coder)).is_err() {
                        break;
                    }
                }
            };
            let named = thread::Builder::new().name(format!("worker-{n}")).stack_size(STACK);
            named.spawn_scoped(scope, worker).map_err(|e| Failed::new(format!("a thread cannot be started: {e}")))?;
        }
        drop(done);
        let mut tally = writer::write(store, &results, &window, bar)?;
        tally.stopped = stop.load(Ordering::Relaxed);
        Ok(tally)
    })
}

fn next(take: &Mutex<mpsc::Receiver<job::Job>>) -> Option<job::Job> {
    // A worker that panicked while it waited has left nothing half done.
    take.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).recv().ok()
}
