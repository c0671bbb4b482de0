import {
  addCredential,
  changeProvider,
  createProvider,
  dropProviderDraft,
  getProvider,
  listProviders,
  promoteCredential,
  promoteProvider,
  retireCredential,
} from '../../contract/sign-in-providers.ts';
import {
  deleteProvider,
  retireProvider,
  reviewProviderRemoval,
} from '../../contract/provider-removal.ts';
import { webSignInPaths } from '../../contract/web-sign-in.ts';
import type { Routes } from '../http/serve.ts';
import { dropDraft, editProvider } from './change-provider.ts';
import { enterProvider } from './create-provider.ts';
import { enterCredential, forgetCredential, makeCurrent } from './credentials.ts';
import { makePrimary } from './promote-provider.ts';
import type { ProviderDeps } from './provider-deps.ts';
import { remove, retire, reviewRemoval } from './removal.ts';
import { oneProvider, shownProviders } from './shown-providers.ts';

/** Settings > Single Sign-On: the ways in, and their secrets. */
export function providerRoutes(deps: ProviderDeps): Routes {
  const { publicUrl } = deps;
  const redirectUris = {
    spa: `${publicUrl}/redirect.html`,
    web: `${publicUrl}${webSignInPaths.callback}`,
    frontChannelLogout: `${publicUrl}${webSignInPaths.frontChannelLogout}`,
  };

  return (serve) => {
    serve(listProviders, async ({ asker }) => ({
      providers: await shownProviders(asker, deps),
      redirectUris,
    }));
    serve(getProvider, ({ params, asker }) => oneProvider(params.providerId, asker, deps));
    serve(createProvider, ({ body, asker, address }) =>
      enterProvider(body, { asker, address }, deps),
    );
    serve(changeProvider, ({ params, body, ifMatch, asker, address }) =>
      editProvider(params.providerId, { ...body, ifMatch }, { asker, address }, deps),
    );
    serve(dropProviderDraft, ({ params, ifMatch, asker, address }) =>
      dropDraft(params.providerId, ifMatch, { asker, address }, deps),
    );
    serve(promoteProvider, ({ params, asker, address }) =>
      makePrimary(params.providerId, { asker, address }, deps),
    );
    serve(reviewProviderRemoval, ({ params, asker }) =>
      reviewRemoval(params.providerId, asker, deps),
    );
    serve(retireProvider, ({ params, body, ifMatch, asker, address }) =>
      retire(params.providerId, { ...body, ifMatch }, { asker, address }, deps),
    );
    serve(deleteProvider, ({ params, body, ifMatch, asker, address }) =>
      remove(params.providerId, { ...body, ifMatch }, { asker, address }, deps),
    );
    serve(addCredential, ({ params, body, asker, address }) =>
      enterCredential(params.providerId, body, { asker, address }, deps),
    );
    serve(promoteCredential, ({ params, asker, address }) =>
      makeCurrent(params, { asker, address }, deps),
    );
    serve(retireCredential, ({ params, asker, address }) =>
      forgetCredential(params, { asker, address }, deps),
    );
  };
}
