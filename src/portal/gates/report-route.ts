import { z } from 'zod';
import { gatePaths, gateReport } from '../../contract/gate-protocol.ts';
import type { GateRoutes } from './gate-call.ts';
import type { GateDirectory } from './gate-directory.ts';
import { takeReport, type ReportDeps } from './report.ts';

export interface ReportRouteDeps extends ReportDeps {
  readonly directory: GateDirectory;
}

/** 500 events with the longest texts, in letters of three bytes. */
const bodyLimit = 4 * 1024 * 1024;

/** Events are read one by one, and what a later gate says besides is left out: nothing stands in the way of the rest. */
const received = z.object({ ...gateReport.shape, events: z.array(z.unknown()).max(500) });

/** POST /gate/v1/reports: how a gate is, and what happened at it. */
export function reportRoute({ directory, ...deps }: ReportRouteDeps): GateRoutes {
  return (serveGate) => {
    const route = { method: 'POST', url: gatePaths.reports, body: received, bodyLimit } as const;
    serveGate(route, async ({ gate, body }) => {
      const { answer, failure } = await takeReport(deps, gate.id, body);
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
