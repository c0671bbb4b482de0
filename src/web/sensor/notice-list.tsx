import { gateNotices } from './gate-notices.ts';
import { readTime } from './time.ts';
import { useGate, useNow } from './use-stores.ts';

/** What is wrong around this gate, said before anybody wonders. */
export function NoticeList({ signedIn }: { signedIn: boolean }) {
  const { status, answers, heardAt } = useGate();
  const now = useNow();
  const time = (at: string) => readTime(Date.parse(at), now);
  const notices = status === null ? [] : gateNotices(status, { signedIn, time });
  return (
    <div aria-live="polite">
      {!answers && (
        <div className="outside-alert sensor-notice">
          <p>
            <strong>The gate doesn’t answer at the moment</strong>
          </p>
          <p>
            The page tries again every few seconds.
            {heardAt !== null && ` What it shows is from ${readTime(heardAt, now)}.`}
          </p>
        </div>
      )}
      {notices.map(({ id, tone, title, text }) => (
        <div
          key={id}
          className={`${tone === 'alert' ? 'outside-alert' : 'outside-note'} sensor-notice`}
        >
          <p>
            <strong>{title}</strong>
          </p>
          <p>{text}</p>
        </div>
      ))}
    </div>
  );
}
