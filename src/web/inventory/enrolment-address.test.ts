import { describe, expect, it } from 'vitest';
import { checkAddress, redirectUri } from './enrolment-address.ts';

describe('checkAddress', () => {
  it('gives the origin to send', () => {
    expect(checkAddress(' https://Sensor.example.com/ ')).toEqual({
      origin: 'https://sensor.example.com',
    });
  });

  it('says at the field what is wrong', () => {
    expect(checkAddress('')).toEqual({ message: 'The address is required.' });
    expect(checkAddress('http://sensor.example.com')).toEqual({
      message: 'The address must be https, except for localhost.',
    });
  });
});

describe('redirectUri', () => {
  it('is the page of the gate that Entra ID sends people back to', () => {
    expect(redirectUri('https://sensor.example.com:8443')).toBe(
      'https://sensor.example.com:8443/_gatehouse/redirect.html',
    );
  });
});
