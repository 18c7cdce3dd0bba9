import { Link } from "@tanstack/react-router";
import { useText } from "../messages/text.ts";
import { Card } from "../parts/card.tsx";
import { PageHead } from "../parts/page-head.tsx";

export function NotFoundPage() {
  const text = useText();
  return (
    <>
      <PageHead title={text("notFound.title")} />
      <Card>
        <p>{text("notFound.says", { path: window.location.pathname })}</p>
        <Link to="/tenants">{text("notFound.back")}</Link>
      </Card>
    </>
  );
}
