import { describe, expect, it } from 'vitest';
import { aadstsExplanations, explainAadsts } from './aadsts.ts';

const codes = [
  50011, 9002326, 9002327, 7000218, 7000215, 7000222, 700016, 90002, 50194, 7000112, 50020, 16000,
  50034, 50105, 65001, 90094, 65004, 650057, 500011, 70011, 50076, 50074, 50079, 50072, 500121,
  53000, 53001, 53003, 50058, 50126, 50053, 50055, 50057, 50133, 50173, 700084, 70043, 54005, 50196,
  7000216, 700021, 700023, 700024, 700027, 500113, 70008, 90072, 50012, 50027, 700025, 1000502,
  5002723, 5002738,
];

describe('explainAadsts', () => {
  it.each(codes)('knows %i, in sentences', (code) => {
    const explanation = explainAadsts(code);
    expect(explanation).toMatchObject({ number: code, known: true });
    expect(explanation?.meaning).toMatch(/^[A-Z].*\.$/u);
    expect(explanation?.fix).toMatch(/^[A-Z].*\.$/u);
  });

  it('explains no code that the list above leaves out', () => {
    expect(new Set(Object.keys(aadstsExplanations).map(Number))).toEqual(new Set(codes));
  });

  it('finds the number in Entra’s own text', () => {
    const text =
      'AADSTS50105: Your administrator has configured the application to block users. Trace ID: 0 Correlation ID: 1';
    expect(explainAadsts(text)?.number).toBe(50105);
  });

  it('takes a bare number as text', () => {
    expect(explainAadsts(' 700016 ')?.number).toBe(700016);
  });

  it('has a generic answer for a code that it doesn’t know', () => {
    expect(explainAadsts('AADSTS1234567')).toMatchObject({
      number: 1234567,
      known: false,
      mender: 'entraAdministrator',
    });
  });

  it('doesn’t take prototype properties for codes', () => {
    expect(explainAadsts('constructor')).toBeNull();
  });

  it('says nothing where there is no number', () => {
    expect(explainAadsts('access_denied')).toBeNull();
    expect(explainAadsts('')).toBeNull();
    expect(explainAadsts('room 50105, second floor')).toBeNull();
  });
});
