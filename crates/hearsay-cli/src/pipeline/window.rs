//! How much may be on its way at a time.

use std::sync::{Condvar, Mutex, MutexGuard};

/// Bounds how many jobs, and how many bytes of them, are between the reader and the writer.
pub struct Window {
    state: Mutex<State>,
    room: Condvar,
    jobs: usize,
    bytes: u64,
}

#[derive(Default)]
struct State {
    jobs: usize,
    bytes: u64,
    closed: bool,
}

impl Window {
    pub fn new(jobs: usize, bytes: u64) -> Self {
        Window { state: Mutex::default(), room: Condvar::new(), jobs, bytes }
    }

    /// Waits until there is room for a job of this size. False where the window was closed.
    pub fn enter(&self, bytes: u64) -> bool {
        let full = |s: &mut State| !s.closed && s.jobs > 0 && (s.jobs >= self.jobs || s.bytes + bytes > self.bytes);
        let mut state = self.room.wait_while(self.state(), full).unwrap_or_else(|poisoned| poisoned.into_inner());
        state.jobs += 1;
        state.bytes += bytes;
        !state.closed
    }

    /// Makes room again.
    pub fn leave(&self, bytes: u64) {
        let mut state = self.state();
        state.jobs -= 1;
        state.bytes -= bytes;
        self.room.notify_all();
    }

    /// Whether nothing more is wanted.
    pub fn is_closed(&self) -> bool {
        self.state().closed
    }

    /// Closes the window when it is dropped.
    pub fn guard(&self) -> impl Drop + '_ {
        Guard(self)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(|poisoned| poisoned.into_inner())
    }
}

struct Guard<'a>(&'a Window);

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.0.state().closed = true;
        self.0.room.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_job_always_has_room() {
        let window = Window::new(2, 10);
        assert!(window.enter(1000));
        window.leave(1000);
        assert!(window.enter(5) && window.enter(5));
        window.leave(5);
        assert!(window.enter(4));
    }

    #[test]
    fn closing_lets_the_reader_go() {
        let window = Window::new(1, 10);
        assert!(window.enter(1));
        std::thread::scope(|scope| {
            let waits = scope.spawn(|| window.enter(1));
            drop(window.guard());
            assert!(!waits.join().unwrap());
        });
        assert!(window.is_closed());
    }
}
