import { z } from 'zod';
import { gatePaths } from '../../contract/gate-protocol.ts';
import { checkResult, gateReport } from '../../contract/gate-report.ts';
import { ProblemError } from '../../server/problem-error.ts';
import { fewAtATime } from './few-at-a-time.ts';
import type { GateRoutes } from './gate-call.ts';
import type { GateDirectory } from './gate-directory.ts';
import { takeReport, type ReceivedReport, type ReportDeps, type TakenReport } from './report.ts';
import { createReportMemory } from './report-memory.ts';

export interface ReportRouteDeps extends ReportDeps {
  readonly directory: GateDirectory;
}

/** 500 events with the longest texts, in letters of three bytes. */
const bodyLimit = 4 * 1024 * 1024;

/** Those that are understood: a later gate may check what isn't known here. */
const checks = z
  .array(z.unknown())
  .transform((all) => all.flatMap((one) => checkResult.safeParse(one).data ?? []).slice(0, 40))
  .optional()
  .catch(undefined);

/** Events are read one by one, and what a later gate says besides is left out: nothing stands in the way of the rest. */
const received = z.object({
  ...gateReport.shape,
  checks,
  trouble: gateReport.shape.trouble.catch(undefined),
  events: z.array(z.unknown()).max(500),
});

/**
 * So many transactions at a time: after a start of the portal every report is new to it, and
 * administrators need connections too.
 */
const mostStoring = 3;
/** What is stored in a second or two. */
const mostWaiting = 1_000;

function busy(): ProblemError {
  const seconds = 5 + Math.floor(Math.random() * 26);
  return new ProblemError(503, 'portal_busy', 'Many gates report at the moment. Wait a little.', {
    headers: { 'retry-after': String(seconds) },
  });
}

/** POST /gate/v1/reports: how a gate is, and what happened at it. */
export function reportRoute({ directory, ...deps }: ReportRouteDeps): GateRoutes {
  const memory = createReportMemory();
  const inTurn = fewAtATime(mostStoring, mostWaiting);

  async function take(gateId: string, report: ReceivedReport): Promise<TakenReport> {
    const known = memory.nothingNew(gateId, report);
    if (known !== null) {
      const now = deps.now().toISOString();
      return { answer: { acknowledged: known, now }, failure: undefined };
    }
    const storing = inTurn(() => takeReport(deps, gateId, report));
    if (storing === null) throw busy();
    const taken = await storing;
    memory.taken(gateId, report, taken.answer.acknowledged);
    return taken;
  }

  return (serveGate) => {
    const route = { method: 'POST', url: gatePaths.reports, body: received, bodyLimit } as const;
    serveGate(route, async ({ gate, body }) => {
      const { answer, failure } = await take(gate.id, body);
      const { applied } = body;
      // A report that was overtaken by a later one says nothing new.
      if (applied !== null && applied.number >= (gate.appliedNumber ?? 0)) {
        directory.holds(gate.id, applied.tag, applied.number);
      }
      if (failure !== undefined) directory.failed(gate.id, failure);
      return answer;
    });
  };
}
