package io.socle.realtime.signaling.core;

/** Makes the password of a username, as TURN servers do that know the same secret: the same for the same. */
public interface Signer {
    String sign(String username);
}
