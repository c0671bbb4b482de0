import { useState } from 'react';
import type { GateSessionAnswer } from '../../contract/gate-page.ts';
import { roleLabels, type Role } from '../../domain/role.ts';
import { problemOf } from '../outside/problem-of.ts';
import { ConsoleRuleList } from './console-rule-list.tsx';
import { consoleStart } from './gate-session.ts';
import { NoticeList } from './notice-list.tsx';
import { RoleReason } from './role-reason.tsx';
import { RoleTable } from './role-table.tsx';
import { SensorFacts } from './sensor-facts.tsx';
import { SensorFrame } from './sensor-frame.tsx';
import { SessionFacts } from './session-facts.tsx';
import { signOut } from './sign-out.ts';
import { useGate } from './use-stores.ts';

/** Overview of a sensor: who one is here, why, what that allows, and the way into the console. */
export function OverviewPage({
  session,
  roleBefore,
}: {
  session: GateSessionAnswer;
  roleBefore: Role | null;
}) {
  const entraAway = useGate().status?.entra.reachable === false;
  const [failure, setFailure] = useState<string | null>(null);
  const leave = (atMicrosoft: boolean) => {
    setFailure(null);
    signOut({ atMicrosoft }).catch((error: unknown) => setFailure(problemOf(error).detail));
  };
  return (
    <SensorFrame session={session} onSignOut={() => leave(!entraAway)}>
      <div role="alert">
        {failure !== null && (
          <p className="outside-alert">
            <strong>You are still signed in:</strong> {failure}
          </p>
        )}
      </div>
      <NoticeList signedIn />
      <div aria-live="polite">
        {roleBefore !== null && (
          <p className="outside-note">
            <strong>Your role here has changed</strong> from {roleLabels[roleBefore]} to{' '}
            {roleLabels[session.role]}, because the setting or your groups were changed.
          </p>
        )}
      </div>
      <section className="outside-card sensor-enter" aria-labelledby="your-role">
        <div>
          <h2 id="your-role">
            {session.kind === 'recovery'
              ? 'This is a recovery session, '
              : `You are signed in as ${session.name}, `}
            <span className="sensor-role">{roleLabels[session.role]}</span>
          </h2>
          <RoleReason session={session} />
        </div>
        <a className="outside-primary" href={consoleStart()}>
          Open the console
        </a>
      </section>
      <div className="sensor-cards">
        <ConsoleRuleList role={session.role} rules={session.consoleRules} />
        <SessionFacts session={session} onSignOutHere={() => leave(false)} />
        <SensorFacts />
      </div>
      <RoleTable role={session.role} />
    </SensorFrame>
  );
}
