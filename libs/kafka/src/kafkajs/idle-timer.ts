interface RequestQueue {
  pending: readonly unknown[];
  throttledUntil: number;
  scheduleCheckPendingRequests(): void;
}

/**
 * kafkajs 2.2.4 arms a timer after every answer, also when nothing waits: with `throttledUntil` at -1 it is due long ago, so it fires
 * after 1 ms, looks, and arms itself again, a thousand times a second for every connection, for ever. Node 24 warns of it
 * (TimeoutNegativeWarning). A queue in which nothing waits needs no timer: what is pushed later arms one. (kafkajs issue 1751.)
 */
export function calmIdleTimer({ prototype }: { readonly prototype: RequestQueue }): void {
  const schedule = prototype.scheduleCheckPendingRequests;
  prototype.scheduleCheckPendingRequests = function calm(this: RequestQueue): void {
    if (this.pending.length === 0) return;
    if (this.throttledUntil < 0) this.throttledUntil = 0;
    schedule.call(this);
  };
}
