//! Addresses and networks as evidence and rules write them.

use std::net::IpAddr;

use ipnet::{IpNet, Ipv4Net};
use kijun_source::{Bilingual, bilingual};

/// How many bits of an IPv6 address say that it is one of IPv4 (RFC 4291 §2.5.5.2).
const MAPPED: u8 = 96;

/// Why a text is not an address or a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.text().en)]
pub enum NetworkError {
    /// It is not an address.
    NotAddress,
    /// It is not a network.
    NotNetwork,
    /// The address has bits beyond the prefix; this is the network that it lies in.
    HostBits(IpNet),
}

impl NetworkError {
    /// What of a text that is no address or network is wrong, where one part of it is: a number beyond 255, or a prefix
    /// longer than the address.
    pub fn fault(text: &str) -> Option<Bilingual> {
        let (address, prefix) =
            text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
        let beyond = |part: &str, most: u32| part.parse::<u32>().is_ok_and(|number| number > most);
        let parts: Vec<&str> = address.split('.').collect();
        if parts.len() == 4
            && let Some(part) = parts.iter().find(|part| beyond(part, 255))
        {
            return Some(bilingual!("{part} は 0 から 255 の外にある", "{part} is not within 0 to 255"));
        }
        let most = if address.parse::<IpAddr>().ok()?.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.filter(|prefix| beyond(prefix, most))?;
        Some(bilingual!("/{prefix} は /0 から /{most} の外にある", "/{prefix} is not within /0 to /{most}"))
    }

    /// What people read.
    pub fn text(&self) -> Bilingual {
        match self {
            NetworkError::NotAddress => {
                bilingual!("IPアドレス（例：10.0.0.1）として読めない", "not an address such as 10.0.0.1")
            }
            NetworkError::NotNetwork => {
                bilingual!("ネットワーク（例：10.0.0.0/8）として読めない", "not a network such as 10.0.0.0/8")
            }
            NetworkError::HostBits(network) => bilingual!(
                "ネットワークの範囲を超えるビットがある（{network} ならネットワークである）",
                "the address has bits beyond the prefix (the network is {network})"
            ),
        }
    }
}

/// An address; one of IPv4 written as IPv6 (`::ffff:10.0.0.1`) is that of IPv4.
///
/// # Errors
///
/// Where it is none.
pub fn parse_address(text: &str) -> Result<IpAddr, NetworkError> {
    let address: IpAddr = text.parse().map_err(|_| NetworkError::NotAddress)?;
    Ok(address.to_canonical())
}

/// A network in CIDR notation, or an address for the network of it alone. One of IPv4 written as IPv6 is that of IPv4.
///
/// ```
/// use kijun_ir::network::{parse_address, parse_network};
/// let network = parse_network("10.0.0.0/8").unwrap();
/// assert!(network.contains(&parse_address("::ffff:10.1.2.3").unwrap()));
/// ```
///
/// # Errors
///
/// Where it is none, and where the address has bits beyond the prefix: `10.0.0.1/8` may mean the network or the address, and a
/// guess could let too many in.
pub fn parse_network(text: &str) -> Result<IpNet, NetworkError> {
    if !text.contains('/') {
        return parse_address(text).map(IpNet::from).map_err(|_| NetworkError::NotNetwork);
    }
    let network = canonical(text.parse().map_err(|_| NetworkError::NotNetwork)?);
    if network == network.trunc() { Ok(network) } else { Err(NetworkError::HostBits(network.trunc())) }
}

/// The network of IPv4 where it is one written as IPv6.
fn canonical(network: IpNet) -> IpNet {
    let mapped = |network: &IpNet| {
        let prefix = network.prefix_len().checked_sub(MAPPED)?;
        match network.addr().to_canonical() {
            IpAddr::V4(address) => Ipv4Net::new(address, prefix).ok().map(IpNet::V4),
            IpAddr::V6(_) => None,
        }
    };
    match network {
        IpNet::V4(_) => network,
        IpNet::V6(_) => mapped(&network).unwrap_or(network),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_one_form() {
        for (text, expected) in [
            ("10.0.0.1", "10.0.0.1"),
            ("::ffff:10.0.0.1", "10.0.0.1"),
            ("::FFFF:0a00:0001", "10.0.0.1"),
            ("2001:DB8:0::1", "2001:db8::1"),
            ("::1", "::1"),
        ] {
            assert_eq!(
                parse_address(text).map(|address| address.to_string()),
                Ok(expected.to_owned()),
                "{text}"
            );
        }
        for text in
            ["", "10.0.0", "10.0.0.256", "010.0.0.1", "10.0.0.1/8", "fe80::1%eth0", "１０.0.0.1", " 10.0.0.1"]
        {
            assert_eq!(parse_address(text), Err(NetworkError::NotAddress), "{text}");
        }
    }

    #[test]
    fn networks_have_one_form() {
        for (text, expected) in [
            ("10.0.0.0/8", "10.0.0.0/8"),
            ("0.0.0.0/0", "0.0.0.0/0"),
            ("10.0.0.1", "10.0.0.1/32"),
            ("10.0.0.1/32", "10.0.0.1/32"),
            ("2001:db8::/32", "2001:db8::/32"),
            ("2001:db8::1", "2001:db8::1/128"),
            ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
            ("::ffff:10.0.0.1", "10.0.0.1/32"),
            ("::ffff:0:0/96", "0.0.0.0/0"),
            ("::/0", "::/0"),
        ] {
            assert_eq!(
                parse_network(text).map(|network| network.to_string()),
                Ok(expected.to_owned()),
                "{text}"
            );
        }
        for text in
            ["", "10.0.0.0/", "10.0.0.0/33", "/8", "10.0.0.0/8/8", "10.0.0.0/255.0.0.0", "10.0/8", "社内"]
        {
            assert_eq!(parse_network(text), Err(NetworkError::NotNetwork), "{text}");
        }
    }

    #[test]
    fn bits_beyond_the_prefix_are_refused() {
        for (text, network) in [
            ("10.0.0.1/8", "10.0.0.0/8"),
            ("2001:db8::1/32", "2001:db8::/32"),
            ("::ffff:10.0.0.1/104", "10.0.0.0/8"),
        ] {
            let expected = NetworkError::HostBits(network.parse().unwrap());
            assert_eq!(parse_network(text), Err(expected), "{text}");
        }
    }
}
