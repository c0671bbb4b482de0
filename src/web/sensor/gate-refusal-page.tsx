import type { GateStatus } from '../../contract/gate-page.ts';
import { Refusal } from '../outside/refusal.tsx';
import { refusalWords } from '../outside/refusal-words.ts';
import { look } from './gate-session.ts';
import { NoticeList } from './notice-list.tsx';
import { RecoveryHint } from './recovery-hint.tsx';
import { useGate, usePlace } from './use-stores.ts';

/** Nobody can sign in here, whoever they are. The page goes on by itself when that has been mended. */
export function GateRefusalPage({ refusal }: { refusal: NonNullable<GateStatus['refusal']> }) {
  const { status, heardAt } = useGate();
  const place = usePlace();
  const sensorId = status?.sensor?.id;
  const problem = {
    ...refusal,
    type: 'about:blank',
    title: refusal.detail,
    status: 503,
    reference: '',
  };
  const facts = [
    ['Code', refusal.code] as const,
    ...(place === null ? [] : [['Sensor', place.name] as const]),
    ...(sensorId === undefined ? [] : [['Reference', sensorId] as const]),
    ...(heardAt === null ? [] : [['Time', new Date(heardAt).toISOString()] as const]),
  ];
  return (
    <Refusal
      words={refusalWords(problem, null, place)}
      facts={facts}
      before={<NoticeList signedIn={false} />}
      after={
        <details className="outside-details">
          <summary>Is it urgent?</summary>
          <p>
            <RecoveryHint />
          </p>
        </details>
      }
    >
      <button type="button" className="outside-secondary" onClick={() => void look('person')}>
        Try again
      </button>
    </Refusal>
  );
}
