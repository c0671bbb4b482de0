// Two things that a page can't do without a script: to notice that what it waits for has come, and
// to send a form on by itself.
for (const waiting of document.querySelectorAll('[data-poll]')) {
  const seen = waiting.getAttribute('data-seen');
  const poll = async () => {
    try {
      const response = await fetch(waiting.getAttribute('data-poll'), { cache: 'no-store' });
      if ((await response.text()) !== seen) {
        globalThis.location.reload();
        return;
      }
    } catch {
      // The server is away: ask again.
    }
    setTimeout(poll, 400);
  };
  setTimeout(poll, 400);
}
document.querySelector('form[data-submit]')?.submit();
