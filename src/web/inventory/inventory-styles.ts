import { makeStyles, tokens } from '@fluentui/react-components';
import { scrollShadows } from '../ui/scroll-shadows.ts';

/** Looks that the inventory's pages share. Wide tables scroll inside themselves, never the page. */
export const useInventoryStyles = makeStyles({
  scroll: {
    overflowX: 'auto',
    ...scrollShadows,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    borderRadius: tokens.borderRadiusXLarge,
  },
  table: { minWidth: '960px', tableLayout: 'auto' },
  wideTable: { minWidth: '2080px', tableLayout: 'auto' },
  heading: { margin: 0 },
  nowrap: { whiteSpace: 'nowrap' },
  header: { fontWeight: tokens.fontWeightSemibold },
  list: { margin: 0, paddingInlineStart: tokens.spacingHorizontalXL },
  muted: { color: tokens.colorNeutralForeground3 },
  stack: { display: 'flex', flexDirection: 'column', gap: tokens.spacingVerticalL },
  focusable: {
    display: 'flex',
    flexDirection: 'column',
    gap: tokens.spacingVerticalL,
    outlineStyle: 'none',
  },
  row: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
  },
  // In view however long the list above it is.
  bar: {
    position: 'sticky',
    bottom: 0,
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: tokens.spacingHorizontalM,
    padding: `${tokens.spacingVerticalM} 0`,
    borderTop: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground2,
  },
  zoneRow: { backgroundColor: tokens.colorNeutralBackground2 },
  zoneCell: { height: 'auto', paddingBlock: tokens.spacingVerticalM, textAlign: 'start' },
});
