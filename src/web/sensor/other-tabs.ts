// Two gates on one host differ by port, so by origin, and no channel crosses that.
const sessions = new BroadcastChannel('gatehouse.gateSession');

/** There is one session for all tabs: the others look at once. */
export function tellOtherTabs(): void {
  // A BroadcastChannel reaches our own origin only; it takes no target.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  sessions.postMessage('changed');
}

export function hearOtherTabs(listener: () => void): void {
  sessions.addEventListener('message', listener);
}
