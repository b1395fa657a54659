// Timers of a page in the background run once a minute; those of a worker go on, and so does the fan's sign of life.
setInterval(() => self.postMessage(null), 1_000);
