// The page of the sample console: alerts that can be acknowledged, and live figures.
const answer = document.getElementById('answer');
const rows = document.getElementById('alerts');
const numbers = new Intl.NumberFormat('en');

function cell(content) {
  const td = document.createElement('td');
  td.append(content);
  return td;
}

function acknowledge(alert) {
  const button = document.createElement('button');
  button.textContent = 'Acknowledge';
  button.setAttribute('aria-label', `Acknowledge: ${alert.title}`);
  button.addEventListener('click', () => void send(alert));
  return button;
}

function say(kind, text) {
  answer.className = kind;
  answer.textContent = text;
}

async function send({ id, title }) {
  const response = await fetch(`/api/alerts/${id}/acknowledge`, { method: 'POST' });
  if (response.ok) {
    await showAlerts();
    say('done', `“${title}” is acknowledged.`);
    // The button is gone: what has taken its place has the focus.
    document.getElementById(`state-${id}`)?.focus();
    return;
  }
  // Not this console speaks then, but the gate before it: 401 once the session is over.
  if (response.status === 401) location.reload();
  const problem = await response.json().catch(() => ({}));
  say('refused', `“${title}” wasn’t acknowledged (${response.status}). ${problem.detail ?? ''}`);
}

async function showAlerts() {
  const response = await fetch('/api/alerts');
  if (!response.ok) return;
  const { alerts } = await response.json();
  rows.replaceChildren(
    ...alerts.map((alert) => {
      const row = document.createElement('tr');
      const state = alert.acknowledgedBy
        ? `Acknowledged by ${alert.acknowledgedBy}`
        : acknowledge(alert);
      const last = cell(state);
      last.id = `state-${alert.id}`;
      last.tabIndex = -1;
      row.append(cell(alert.severity), cell(alert.title), cell(alert.device), last);
      return row;
    }),
  );
}

const live = new EventSource('/api/live');
live.addEventListener('message', ({ data }) => {
  for (const [name, value] of Object.entries(JSON.parse(data))) {
    const shown = document.getElementById(name);
    if (shown) shown.textContent = numbers.format(value);
  }
});

await showAlerts();
