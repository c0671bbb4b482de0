/** Something that the sample sensor has noticed. */
export interface Alert {
  readonly id: string;
  readonly severity: 'Critical' | 'Major' | 'Warning';
  readonly title: string;
  readonly device: string;
  /** Null: nobody yet. */
  acknowledgedBy: string | null;
}

const noticed: readonly (readonly [Alert['severity'], string, string])[] = [
  ['Critical', 'PLC program changed outside the maintenance window', 'PLC-12 (10.20.4.12)'],
  ['Major', 'New device on the control network', 'unknown (10.20.4.77)'],
  [
    'Major',
    'Modbus write from an engineering station that never did before',
    'ENG-03 (10.20.4.31)',
  ],
  ['Warning', 'Firmware older than the vendor supports', 'RTU-05 (10.20.6.5)'],
  ['Warning', 'Device silent for 30 minutes', 'HMI-02 (10.20.4.52)'],
];

/** The alerts of one sensor. In memory: they are back after each start. */
export function sampleAlerts(): Alert[] {
  return noticed.map(([severity, title, device], index) => ({
    id: String(index + 1),
    severity,
    title,
    device,
    acknowledgedBy: null,
  }));
}
