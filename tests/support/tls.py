"""TLS before a server that speaks none itself: what stands before a hosted PostgreSQL or Redis."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.proxy import copy

_SSL_REQUEST_BYTES = 8


def new_certificate(folder: Path, name: str) -> Path:
    """Make a certificate for 127.0.0.1 that vouches for itself; the file holds its key as well."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = folder / f"{name}.pem"
    path.write_bytes(
        certificate.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return path


@contextlib.asynccontextmanager
async def tls_before_postgres(certificate: Path, host: str, port: int) -> AsyncIterator[int]:
    """Accept TLS as PostgreSQL does, on request, and give the port."""
    context = _context(certificate)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(_SSL_REQUEST_BYTES)
        writer.write(b"S")
        await writer.start_tls(context)
        await _pass(reader, writer, *await asyncio.open_connection(host, port))

    async with await asyncio.start_server(_quietly(serve), "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


@contextlib.asynccontextmanager
async def tls_before_socket(certificate: Path, path: Path) -> AsyncIterator[int]:
    """Accept TLS from the first byte, before a unix socket, and give the port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await _pass(reader, writer, *await asyncio.open_unix_connection(path))

    async with await asyncio.start_server(_quietly(serve), "127.0.0.1", 0, ssl=_context(certificate)) as server:
        yield server.sockets[0].getsockname()[1]


def _context(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def _quietly(serve):
    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):  # a caller that does not trust us goes away
            await serve(reader, writer)

    return served


async def _pass(
    reader: asyncio.StreamReader,
    writer: asyncio.StreamWriter,
    to_reader: asyncio.StreamReader,
    to_writer: asyncio.StreamWriter,
) -> None:
    await asyncio.gather(copy(reader, to_writer), copy(to_reader, writer))
