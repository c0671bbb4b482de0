import { makeStyles } from '@fluentui/react-components';

const useStyles = makeStyles({
  hidden: {
    position: 'absolute',
    width: '1px',
    height: '1px',
    overflow: 'hidden',
    clipPath: 'inset(50%)',
    whiteSpace: 'nowrap',
  },
});

/** Says something to screen readers, politely, and shows it to nobody else unless `shown`. */
export function Announcement({ text, shown = false }: { text: string; shown?: boolean }) {
  const styles = useStyles();
  return <output className={shown ? undefined : styles.hidden}>{text}</output>;
}
