// Three things that a page can't do without a script: to notice that what it waits for has come, to
// send a form on by itself, and to go on once its frames have loaded.
let leaving = false;
// A reload would cancel the navigation that a form or a link has begun.
addEventListener('submit', () => (leaving = true));
addEventListener('pagehide', () => (leaving = true));

for (const waiting of document.querySelectorAll('[data-poll]')) {
  const seen = waiting.getAttribute('data-seen');
  const poll = async () => {
    try {
      const response = await fetch(waiting.getAttribute('data-poll'), { cache: 'no-store' });
      const state = await response.text();
      if (leaving) return;
      if (state !== seen) {
        globalThis.location.reload();
        return;
      }
    } catch {
      // The server is away: ask again.
    }
    setTimeout(() => void poll(), 400);
  };
  setTimeout(() => void poll(), 400);
}
document.querySelector('form[data-submit]')?.submit();

const afterFrames = document.querySelector('a[data-after-frames]');
if (afterFrames !== null) {
  const goOn = () => globalThis.location.replace(afterFrames.href);
  // An application that doesn't answer keeps nobody here.
  setTimeout(goOn, 5000);
  addEventListener('load', goOn);
}
