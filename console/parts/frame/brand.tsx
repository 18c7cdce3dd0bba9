import { Link } from "@tanstack/react-router";

export function Brand() {
  return (
    <Link to="/tenants" className="brand">
      <img src="/favicon.svg" width={22} height={22} alt="" />
      <span>Holdfast</span>
    </Link>
  );
}
