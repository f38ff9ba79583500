# Not run. In a tap of one's own: fill in the address and the checksum, then `brew update-python-resources lunchroom`
# writes the libraries below, and `brew install --build-from-source lunchroom`, `brew test lunchroom`, `brew audit`.
class Lunchroom < Formula
  include Language::Python::Virtualenv

  desc "Live hashtag chats for teachers, run by two moderators from two terminals"
  homepage "FILL-IN"
  url "FILL-IN" # of lunchroom-0.1.0.tar.gz
  sha256 "FILL-IN" # shasum -a 256 lunchroom-0.1.0.tar.gz
  license "MIT"

  depends_on "rust" => :build # msgspec, regex and iroh where they have no wheel
  depends_on "libxml2"
  depends_on "libxslt"
  depends_on "python@3.13"

  def install
    virtualenv_install_with_resources
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/lunchroom --version")
    system bin/"lunchroom", "new", testpath/"stations.toml"
    assert_match "Q1", shell_output("#{bin}/lunchroom check #{testpath}/stations.toml")
  end
end
