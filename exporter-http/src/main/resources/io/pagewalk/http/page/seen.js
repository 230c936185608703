// What is done again and again, as long as somebody can see it.

/**
 * Does something now, at intervals, and as soon as the page is seen again.
 *
 * @return what ends it
 */
export function whileSeen(act, interval) {
  const ifSeen = () => document.visibilityState === 'visible' && act();
  act();
  const timer = setInterval(ifSeen, interval);
  document.addEventListener('visibilitychange', ifSeen);
  return () => {
    clearInterval(timer);
    document.removeEventListener('visibilitychange', ifSeen);
  };
}
