import { getMe, putGroupEvidence } from '../../contract/me.ts';
import { GraphError, type GraphRequest } from '../../entra/graph-groups.ts';
import { insufficientClaims } from '../http/insufficient-claims.ts';
import type { EntraPrincipal, Principal } from '../http/principal.ts';
import { ProblemError } from '../../server/problem-error.ts';
import type { Routes } from '../http/serve.ts';
import type { GroupEvidenceStore } from './group-evidence.ts';
import { groupsIncomplete } from './identify-person.ts';
import { meOf } from './me.ts';

export interface MeRoutesDependencies {
  readonly evidence: GroupEvidenceStore;
  readonly graphUrl: string;
  readonly readGroups: (request: GraphRequest) => Promise<readonly string[]>;
}

/** Who one is; and completing an incomplete group list (R11). */
export function meRoutes({ evidence, graphUrl, readGroups }: MeRoutesDependencies): Routes {
  return (serve) => {
    serve(getMe, ({ asker }) => meOf(asker));

    serve(putGroupEvidence, async ({ principal, body }) => {
      const { tenantId, objectId } = requirePerson(principal);
      try {
        const token = body.graphAccessToken;
        await evidence.keep(
          { tenantId, objectId },
          await readGroups({ graphUrl, token, objectId }),
        );
      } catch (error) {
        if (error instanceof GraphError) throw evidenceRefused(error);
        throw error;
      }
      return undefined;
    });
  };
}

function requirePerson(principal: Principal | null): EntraPrincipal {
  if (principal?.kind === 'entra' && principal.groupsFrom !== 'token') return principal;
  throw new ProblemError(
    409,
    'groups_complete',
    'Your group list is complete already: there is nothing to add to it.',
  );
}

function evidenceRefused({ code, reason, claims }: GraphError): ProblemError {
  // Continuous access evaluation: the challenge goes on to the page, which declares CP1.
  if (claims !== null) {
    return insufficientClaims(
      claims,
      'Microsoft Graph asks you to sign in again before it tells your groups.',
      { resource: 'graph' },
    );
  }
  if (code !== 'graph_other_person') return groupsIncomplete({ code, reason });
  return new ProblemError(
    403,
    'other_person',
    'The Graph token belongs to somebody else: a list counts only for the person whose it is.',
  );
}
