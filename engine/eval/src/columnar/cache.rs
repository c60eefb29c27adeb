//! What was made for a key and is kept for a while, for all threads.

use std::collections::VecDeque;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

/// Values by key, the oldest dropped beyond a number.
#[derive(Debug)]
pub(super) struct Cache<K, V> {
    room: usize,
    kept: Mutex<Kept<K, V>>,
}

#[derive(Debug)]
struct Kept<K, V> {
    values: FxHashMap<K, Arc<V>>,
    /// The keys, oldest first.
    order: VecDeque<K>,
}

impl<K: Clone + Eq + Hash, V> Cache<K, V> {
    pub(super) fn new(room: usize) -> Self {
        Self { room, kept: Mutex::new(Kept { values: FxHashMap::default(), order: VecDeque::new() }) }
    }

    /// The value of a key, made on first sight. Nothing is locked meanwhile, because making one value may ask for others: two threads may
    /// make the same one, and all get the first.
    pub(super) fn get(&self, key: K, make: impl FnOnce() -> V) -> Arc<V> {
        if let Some(value) = self.lock().values.get(&key) {
            return Arc::clone(value);
        }
        let made = Arc::new(make());
        let mut kept = self.lock();
        if let Some(value) = kept.values.get(&key) {
            return Arc::clone(value);
        }
        kept.values.insert(key.clone(), Arc::clone(&made));
        kept.order.push_back(key);
        if kept.order.len() > self.room
            && let Some(oldest) = kept.order.pop_front()
        {
            kept.values.remove(&oldest);
        }
        made
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Kept<K, V>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_goes_first() {
        let cache = Cache::new(2);
        for key in [1, 2, 1, 3, 2] {
            assert_eq!(*cache.get(key, || key), key);
        }
        assert_eq!((*cache.get(2, || 0), *cache.get(3, || 0), *cache.get(1, || 0)), (2, 3, 0));
    }
}
