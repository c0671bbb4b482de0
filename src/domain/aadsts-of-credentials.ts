import { explain, type AadstsExplanation } from './aadsts-explanation.ts';

const entra = 'entraAdministrator';
const portal = 'portalAdministrator';

const certificate = explain(
  portal,
  'Entra ID doesn’t accept the certificate that Gatehouse signs in with.',
  'Compare its thumbprint under Settings › Single Sign-On with the app registration, Certificates & secrets: it must be there and not expired. Otherwise add it there again, or add another one here.',
);
const assertion = explain(
  portal,
  'Entra ID can’t read what the certificate signed, or doesn’t accept its form.',
  'Enter the certificate and its private key anew under Settings › Single Sign-On, verify it and promote it. If it still fails, quote the correlation ID.',
);

/** About the secret or the certificate that a web application shows at the token endpoint. */
export const aadstsOfCredentials: Readonly<Record<number, AadstsExplanation>> = {
  7000218: explain(
    entra,
    'Entra ID demands a client secret, and none came with the sign-in.',
    'For a page, which has none: register the redirect URI under the platform Single-page application rather than Web. For a web application: an administrator of Gatehouse enters its secret anew.',
    'redirectUris',
  ),
  7000215: explain(
    portal,
    'The client secret is wrong; often its ID was pasted instead of its value.',
    'Paste the value of the secret. It is shown only once: make a new secret if it is lost.',
  ),
  7000222: explain(
    portal,
    'The client secret has expired.',
    'Make a new secret in the app registration, under Certificates & secrets, and enter its value under Settings › Single Sign-On.',
  ),
  7000216: explain(
    portal,
    'Neither a client secret nor a certificate came with the sign-in.',
    'Enter the client secret of the provider anew, under Settings › Single Sign-On.',
  ),
  700021: explain(
    portal,
    'The certificate was used for another application than the one that signs in.',
    'Compare the client ID under Settings › Single Sign-On with the app registration’s Overview.',
  ),
  700023: explain(
    portal,
    'What the certificate signed was meant for another address of Entra ID.',
    'Check the tenant ID, and that Gatehouse uses the right cloud (public, US government or China).',
  ),
  700024: explain(
    portal,
    'What the certificate signed isn’t valid at this time: a clock is wrong, or the certificate has expired.',
    'Set the server’s clock by a time server (NTP), and look at the certificate’s expiry under Settings › Single Sign-On.',
  ),
  1000502: explain(
    portal,
    'The certificate that Gatehouse signs in with isn’t valid now: it has expired, or isn’t valid yet.',
    'Look at its expiry under Settings › Single Sign-On. Where it has expired, make another one, upload it to the app registration, and enter, verify and promote it here.',
  ),
  700025: explain(
    entra,
    'The application is a public client in Entra ID, so that it may not show a secret or a certificate.',
    'In the app registration, under Authentication: register the redirect URI under the platform Web, not under Single-page application or Mobile and desktop applications, and set “Allow public client flows” to No.',
    'redirectUris',
  ),
  700027: certificate,
  50012: certificate,
  50027: assertion,
  5002723: assertion,
  5002738: assertion,
};
