const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Whether a name can be that of a segment's folder; a damaged catalog could name any path. */
export function isSegmentFolder(name: string): boolean {
  return uuid.test(name)
}
