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

/** Says something to screen readers, politely, without showing it. */
export function Announcement({ text }: { text: string }) {
  const styles = useStyles();
  return <output className={styles.hidden}>{text}</output>;
}
