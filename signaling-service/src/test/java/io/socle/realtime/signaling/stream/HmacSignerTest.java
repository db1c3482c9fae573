package io.socle.realtime.signaling.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HmacSignerTest {
    @Test
    void it_signs_as_coturn_does() { // SIG-31
        // printf %s 1700000300:alice@calls/1 | openssl dgst -sha1 -hmac north -binary | base64
        HmacSigner signer = new HmacSigner("north");
        assertThat(signer.sign("1700000300:alice@calls/1")).isEqualTo("qACOz/TdiQq7j4VfgbmSc+zpS7Q=");
    }
}
