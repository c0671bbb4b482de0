import {
  deleteProviderCandidate,
  listProviders,
  putProviderCandidate,
  tryProviderCandidate,
} from '../../contract/providers.ts';
import type { GraphRequest } from '../../entra/graph-groups.ts';
import { notFound, ProblemError } from '../../server/problem-error.ts';
import type { Routes } from '../http/serve.ts';
import { activateCandidate, type ReplacePortalAccess } from './activate.ts';
import type { ActiveProviders } from './active-provider.ts';
import {
  dropCandidate,
  findCandidate,
  putCandidate,
  shownCandidate,
  type CandidateDependencies,
} from './candidate.ts';
import { tryCandidate } from './trial.ts';

export interface ProviderRoutesDependencies extends CandidateDependencies {
  readonly active: ActiveProviders;
  readonly fromEnvironment: boolean;
  readonly graphUrl: string;
  readonly readGroups: (request: GraphRequest) => Promise<readonly string[]>;
  readonly replacePortalAccess: ReplacePortalAccess;
  readonly changed: () => void;
}

/** The provider in force, and the candidate that becomes it once a real sign-in has verified it. */
export function providerRoutes(dependencies: ProviderRoutesDependencies): Routes {
  const { active, fromEnvironment, graphUrl } = dependencies;

  function requireChangeable(): void {
    if (!fromEnvironment) return;
    throw new ProblemError(
      409,
      'provider_from_environment',
      'The provider is set by the variables GATEHOUSE_ENTRA_* of the portal’s host. Change it there, or remove them to set it up here.',
    );
  }

  return (serve) => {
    serve(listProviders, async () => {
      const current = await active.current();
      const candidate = fromEnvironment ? null : await findCandidate(dependencies);
      return {
        providers: current === null ? [] : [current.shown],
        candidate: candidate === null ? null : shownCandidate(candidate),
      };
    });

    serve(putProviderCandidate, async ({ body, asker, address }) => {
      requireChangeable();
      const { tenantId, clientId, apiClientId = clientId, portalAccess } = body;
      const by = { asker, address };
      return shownCandidate(
        await putCandidate({ tenantId, clientId, apiClientId, portalAccess }, by, dependencies),
      );
    });

    serve(deleteProviderCandidate, async ({ asker, address }) => {
      requireChangeable();
      await dropCandidate({ asker, address }, dependencies);
      return undefined;
    });

    serve(tryProviderCandidate, async ({ body, asker, address }) => {
      requireChangeable();
      const candidate = await findCandidate(dependencies);
      if (candidate === null) throw notFound('candidate');
      const checks = await tryCandidate({
        verifier: candidate.registration.verifier,
        portalAccess: candidate.portalAccess,
        accessToken: body.accessToken,
        graphAccessToken: body.graphAccessToken,
        readGroups: (token, objectId) => dependencies.readGroups({ graphUrl, token, objectId }),
      });
      const activated = checks.every((check) => check.passed);
      if (activated) {
        const by = { asker, address };
        await activateCandidate(candidate, by, dependencies, dependencies.replacePortalAccess);
        dependencies.changed();
      }
      return { checks, activated };
    });
  };
}
