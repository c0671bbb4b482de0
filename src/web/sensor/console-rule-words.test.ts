import { describe, expect, it } from 'vitest';
import { defaultConsoleRules, type ConsoleRule } from '../../domain/console-rules.ts';
import { consoleRuleWords } from './console-rule-words.ts';

function words(...readOnly: ConsoleRule[]): string[] {
  return consoleRuleWords('readOnly', { securityAnalyst: [], readOnly }).map(
    ({ effect, text }) => `${effect}: ${text}`,
  );
}

describe('consoleRuleWords', () => {
  it('says the defaults plainly', () => {
    expect(consoleRuleWords('admin', defaultConsoleRules)).toMatchObject([{ effect: 'allow' }]);
    expect(consoleRuleWords('securityAnalyst', defaultConsoleRules)).toEqual([
      { effect: 'allow', text: 'Everything in the whole console.' },
    ]);
    expect(words(...defaultConsoleRules.readOnly)).toEqual([
      'allow: Reading (GET, HEAD) in the whole console.',
      'refuse: Everything else.',
    ]);
  });

  it('keeps the order, names methods and places', () => {
    expect(
      words(
        { effect: 'refuse', methods: [], path: '/admin/**' },
        { effect: 'allow', methods: ['HEAD', 'GET', 'POST'], path: '/api/alerts/*/comment' },
        { effect: 'allow', methods: ['WEBSOCKET'], path: '/live' },
      ),
    ).toEqual([
      'refuse: Everything at /admin and everything below.',
      'allow: Reading (GET, HEAD) and POST at /api/alerts/*/comment.',
      'allow: Live connections (WebSocket) at /live.',
      'refuse: Everything else.',
    ]);
  });

  it('says that nothing is allowed where there are no rules', () => {
    expect(words()).toEqual(['refuse: Everything.']);
  });
});
