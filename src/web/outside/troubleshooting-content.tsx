import { useState } from 'react';
import { menderLabels } from '../../domain/aadsts.ts';
import { configuration } from '../api/configuration.ts';
import { commonCases } from './common-cases.ts';
import { searchAadsts } from './search-aadsts.ts';

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
      <output className="trouble-count">
        {found.length === 1 ? '1 code' : `${found.length} codes`}
      </output>
      {/* What scrolls must be reachable by keyboard (axe: scrollable-region-focusable). */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <ul className="trouble-codes" tabIndex={0} aria-label="Codes">
        {found.map((one) => (
          <li key={one.number}>
            <strong>AADSTS{one.number}</strong>
            <p>{one.meaning}</p>
            <p>{one.fix}</p>
            <p className="trouble-mender">Can be mended by {menderLabels[one.mender]}.</p>
          </li>
        ))}
      </ul>
      <h2>What people run into</h2>
      {commonCases(configuration.surface).map(({ question, answer }) => (
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
