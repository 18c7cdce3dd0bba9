import { Link } from "@tanstack/react-router";

export function Brand() {
  return (
    <Link to="/tenants" className="brand">
      <svg width={22} height={22} viewBox="0 0 22 22" aria-hidden="true">
        <rect width="22" height="22" rx="5" fill="#0d6cf2" />
        <g fill="none" stroke="#fff" strokeWidth="2.2" strokeLinecap="round">
          <path d="M6.5 5.5v11M15.5 5.5v11M6.500 11h2M13.500 11h2" />
          <circle cx="11" cy="11" r="2.4" />
        </g>
      </svg>
      <span>Holdfast</span>
    </Link>
  );
}
