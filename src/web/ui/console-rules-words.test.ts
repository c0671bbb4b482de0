import { describe, expect, it } from 'vitest';
import { defaultConsoleRules, type ConsoleRule } from '../../domain/console-rules.ts';
import { ruleSentences, ruleText, rulesKey, rulesText } from './console-rules-words.ts';

const refused: ConsoleRule = { effect: 'refuse', methods: [], path: '/admin/**' };

describe('rulesText', () => {
  it('says the defaults in a word or three', () => {
    expect(rulesText(defaultConsoleRules.readOnly)).toBe('GET and HEAD');
    expect(rulesText(defaultConsoleRules.securityAnalyst)).toBe('Everything');
  });

  it('says what rules of one’s own come to', () => {
    expect(rulesText([])).toBe('Nothing');
    expect(rulesText([refused])).toBe('Nothing');
    expect(rulesText([refused, ...defaultConsoleRules.readOnly])).toBe('2 rules');
    expect(rulesText([{ effect: 'allow', methods: ['POST'], path: '/api/*' }])).toBe(
      'POST on /api/*',
    );
  });
});

describe('ruleText', () => {
  it('reads as a sentence', () => {
    expect(ruleText(refused)).toBe('Refuse every method on /admin/**');
    const allowed = {
      effect: 'allow',
      methods: ['GET', 'POST', 'WEBSOCKET'],
      path: '/**',
    } as const;
    expect(ruleText(allowed)).toBe('Allow GET, POST and WebSocket on everything');
  });
});

describe('rulesKey', () => {
  it('minds the order of rules, not that of methods', () => {
    const get: ConsoleRule = { effect: 'allow', methods: ['GET', 'HEAD'], path: '/**' };
    const turned: ConsoleRule = { effect: 'allow', methods: ['HEAD', 'GET'], path: ' /**' };
    expect(rulesKey([get])).toBe(rulesKey([turned]));
    expect(rulesKey([get, refused])).not.toBe(rulesKey([refused, get]));
  });
});

function words(...readOnly: ConsoleRule[]): string[] {
  return ruleSentences('readOnly', { securityAnalyst: [], readOnly }).map(
    ({ effect, text }) => `${effect}: ${text}`,
  );
}

describe('ruleSentences', () => {
  it('says the defaults plainly', () => {
    expect(ruleSentences('admin', defaultConsoleRules)).toMatchObject([{ effect: 'allow' }]);
    expect(ruleSentences('securityAnalyst', defaultConsoleRules)).toEqual([
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
