/**
 * What the output of a failed tool means to a person, or nothing when it is none of the known causes.
 * @param {string} printed
 * @returns {string | undefined}
 */
export function explain(printed) {
  // Tools wrap their messages to the width of a terminal, in the middle of a sentence.
  const output = printed.replaceAll(/\s+/g, " ");
  if (/ENOSPC|No space left on device|disk quota exceeded/i.test(output))
    return "The disk is full: free about 2 GB (df -h shows where) and run the same command again.";
  if (
    /EACCES|EPERM|EROFS|Read-only file system|Permission denied|Operation not permitted|are you root\?/i.test(
      output,
    )
  )
    return "No permission to write here: run this in a folder that belongs to you (ls -ld . shows the owner), and run the same command again.";
  if (/certificate|SELF_SIGNED|UNABLE_TO_VERIFY|UnknownIssuer/i.test(output))
    return "The npm registry's certificate is not trusted: behind a proxy that re-signs, set NODE_EXTRA_CA_CERTS and SSL_CERT_FILE to its certificate and run the same command again.";
  if (
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET|META_FETCH|error sending request|dns error|network|Temporary failure|Could not resolve/i.test(
      output,
    )
  )
    return "No network: the npm registry (https://registry.npmjs.org) cannot be reached; check the connection or set HTTPS_PROXY, and run the same command again.";
  return undefined;
}
