import { useState } from 'react';
import { menderLabels } from '../../domain/aadsts-explanation.ts';
import type { webSignInPaths } from '../../contract/web-sign-in.ts';
import { configuration, pageBase } from '../api/configuration.ts';
import { aadstsRequest, type RedirectUris } from './aadsts-request.ts';
import { AdminConsent, adminConsentLink } from './admin-consent.tsx';
import { commonCases, matchingCases } from './common-cases.ts';
import { CopyText } from './copy-text.tsx';
import { searchAadsts } from './search-aadsts.ts';

const cases = commonCases(configuration.surface);

const callback: typeof webSignInPaths.callback = '/sign-in/callback';

const redirectUris: RedirectUris = {
  spa: `${location.origin}${pageBase}redirect.html`,
  web: configuration.surface === 'portal' ? `${location.origin}${callback}` : null,
};

/** The cases that people meet, and every error number that Gatehouse can explain. The search has an address. */
export function TroubleshootingContent() {
  const [search, setSearch] = useState(
    () => new URLSearchParams(location.search).get('code') ?? '',
  );
  const found = searchAadsts(search);

  function change(text: string) {
    setSearch(text);
    const query = text === '' ? '' : `?code=${encodeURIComponent(text)}`;
    history.replaceState(history.state, '', `${location.pathname}${query}`);
  }

  return (
    <div className="trouble">
      <h2 id="codes">Look a code up</h2>
      <label htmlFor="code-search">Code or words of the message, such as AADSTS50105</label>
      <input
        id="code-search"
        type="search"
        className="outside-search"
        value={search}
        spellCheck={false}
        onChange={(event) => change(event.target.value)}
      />
      <output className="trouble-count">{countText(found.length)}</output>
      {/* What scrolls must be reachable by keyboard (axe: scrollable-region-focusable). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className="trouble-codes" tabIndex={0} aria-label="Codes" hidden={found.length === 0}>
        {found.map((one) => (
          <li key={one.number}>
            <strong>AADSTS{one.number}</strong>
            <p>{one.meaning}</p>
            <p>{one.fix}</p>
            {one.needs === 'redirectUris' && (
              <p>
                The address: <code>{redirectUris.spa}</code>
                {redirectUris.web !== null && (
                  <>
                    , or with a client secret <code>{redirectUris.web}</code>
                  </>
                )}
              </p>
            )}
            {one.needs === 'adminConsent' && <AdminConsent what={`for AADSTS${one.number}`} />}
            <p className="trouble-mender">Can be mended by {menderLabels[one.mender]}.</p>
            <CopyText
              label="Copy"
              what={`AADSTS${one.number}`}
              text={aadstsRequest(one, redirectUris, adminConsentLink())}
            />
          </li>
        ))}
      </ul>
      <h2>What people run into</h2>
      {matchingCases(cases, search).map(({ question, answer }) => (
        <details key={question} className="trouble-case">
          <summary>{question}</summary>
          {answer.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </details>
      ))}
    </div>
  );
}

function countText(count: number): string {
  if (count === 0) return 'No code fits. Try its number alone, or fewer words.';
  return count === 1 ? '1 code' : `${count} codes`;
}
